"""法规库: citations in plain Chinese, the register of statutes, and the checks that keep both true.

A *statute* is a page of docs/law/ with an *article* (条) a heading; an article has *paragraphs* (款) and *items* (项).
A *citation* names a statute and an article in plain text: 《民法典》第一百八十八条第一款.
"""
