"""The commands: where each is, and the line that says what it is for, so that the list of all is shown without loading any."""

COMMANDS = {
    "init": ("_init:init", "Make a record in a new or empty folder, with a key of its own."),
    "add": ("adding._add:app", "Add sites or a source to a record."),
    "enter": ("adding._enter:enter", "Enter a thing of any kind from a TOML file."),
    "correct": ("adding._correct:correct", "Give fields of a thing anew; what stood before stays in the history."),
    "list": ("finding._list:list_things", "List what stands in a record."),
    "search": ("finding._list:search", "Find things by words."),
    "show": ("finding._show:show", "Show one thing, what it names, and what names it."),
    "history": ("finding._show:history", "Show every entry about a thing, and whether it stands."),
    "state": ("_state:state", "Enter what a named speaker said in a source."),
    "read": ("_read:read", "Read news texts and pages: who said what about which place."),
    "review": ("_review:review", "Decide on candidate statements, one at a time."),
    "assess": ("_assess:assess", "Enter what one assessor judged the state of one site to be."),
    "call": ("acts._call:app", "Calls for peace: enter one, enter who joined it, count it again."),
    "visit": ("acts._visit:app", "Visits: plans under embargo, what was seen, who was invited."),
    "dialogue": ("acts._dialogue:app", "Dialogues: gatherings, parties, undertakings and what became of them."),
    "reach": ("acts._reach:app", "Reach: sources that take the record up, and views counted from logs."),
    "withdraw": ("_withdraw:withdraw", "End an entry; the envelope and the reason stay."),
    "index": ("_index:index", "Say what the index holds, or make it again."),
    "key": ("_keys:app", "The keys that may sign entries of a record."),
    "demo": ("_demo:demo", "Make the example record, publish it, verify it, and show it in the browser."),
    "observe": ("observing._observe:observe", "Say which sites changed in a window, since when, and how sure that is."),
    "appeal": (
        "appeal._appeal:app",
        "Draft, check and compose appeals from the record, and follow what becomes of them.",
    ),
    "study": ("study._study:app", "Study peace and culture with open data."),
    "publish": ("_publish:publish", "Write a record as a website with open data and proofs, ready for any host."),
    "serve": ("_publish:serve", "Show a published record in the browser, until Ctrl-C."),
    "verify": ("_verify:verify", "Check that a record is unchanged since it was entered; a folder or an address."),
}
"""Name of a command: module and function within `vestige.cli`, and its line in the list."""
