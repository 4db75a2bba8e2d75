"""What the layout of a text tells: who signed a quotation, whose turn a label opens, under which time of a live page something stands."""
