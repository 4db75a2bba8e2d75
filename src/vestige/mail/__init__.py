"""Mail as evidence: whether a message was signed by the domain of its one sender (DKIM, RFC 6376), at the time when it is taken in. No network.

Who looks answers up in the domain name system hands them in, so that the answers can be preserved and the check repeated.
"""

from vestige.mail._dkim import MailError, SignedMail, aligned_mail

__all__ = ["MailError", "SignedMail", "aligned_mail"]
