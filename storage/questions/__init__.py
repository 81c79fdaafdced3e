"""The secretary's questions, answered from the branch's books.

Every query here starts at the asker: the branch comes from the dates of their role row, in the WHERE of the query
itself, so that whoever holds no office today reads nothing. What is about health is asked as `carer`, which only the
roles that care for members fill. The queries run on a connection that cannot write (`reading`).
"""

from storage.questions.asker import CARE_ROLES, Asker, reading

__all__ = ["CARE_ROLES", "Asker", "reading"]
