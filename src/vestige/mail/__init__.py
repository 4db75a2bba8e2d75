"""Mail as evidence: the messages of a mailbox, and whether each was signed by the domain of its one sender (DKIM, RFC 6376). No network.

Who looks answers up in the domain name system hands them in, so that the answers can be preserved and the check repeated.
"""

from vestige.mail._dkim import Answers, MailError, SignedMail, aligned_mail
from vestige.mail._mailbox import LARGEST_MAILBOX, Posted, messages_in, require_message
from vestige.mail._text import calendar_part, is_automatic, plain_text, subject_of

__all__ = [
    "LARGEST_MAILBOX",
    "Answers",
    "MailError",
    "Posted",
    "SignedMail",
    "aligned_mail",
    "calendar_part",
    "is_automatic",
    "messages_in",
    "plain_text",
    "require_message",
    "subject_of",
]
