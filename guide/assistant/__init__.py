"""Asking about it: a visitor asks, and hears the museum's own sentences, or that the museum has not written of it.

question -> matters/         small talk and practical matters have answers of their own: practical.py, days_asked.py
         -> asked_before.py  what the museum's FAQ has is answered from there
         -> finding/         which passages and sentences fit, and how surely
         -> trusting.py      is it an answer? sure enough, and it has what the question hangs on (hinges.py)
         -> composing.py     one to three sentences in reading order; both sides of a quarrel; premises.py warns
         -> answering.py     asserts that every one stands in the edition, or refuses kindly
         -> telling.py       one text, and a citation for everything quoted that can be tapped
         -> gaps.py          what could not be answered, for the editor; no person attached
examining.py, evaluating.py and examination.py score all this on files of questions.
"""
