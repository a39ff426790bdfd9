"""What can go wrong in a way that we expect, and can say in the reader's language.

GuideError                 400  an expected refusal: its class name is the code, its facts fill the sentence
├── NotFound               404
│   └── (NoSuchMuseum, NoSuchStop, … stand where they are raised)
├── Gone                   410  it was here, and was taken back
├── Conflict               409  the world has moved on
├── Refused                403  not for this reader
├── Unusable               422  what was sent cannot be used
└── NotReady               503  come back in a moment

The sentence for each class stands in `messages/` under `errors.<ClassName>`. Anything else that is raised is a
surprise: a 500, logged once with its request.
"""

from __future__ import annotations

from typing import ClassVar


class GuideError(Exception):
    """An expected refusal. `facts` fill the sentence kept in the messages under the class's name."""

    status: ClassVar[int] = 400

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts

    @property
    def code(self) -> str:
        return type(self).__name__


class NotFound(GuideError):
    status = 404


class Gone(GuideError):
    status = 410


class Conflict(GuideError):
    status = 409


class Refused(GuideError):
    status = 403


class Unusable(GuideError):
    status = 422


class NotReady(GuideError):
    status = 503
