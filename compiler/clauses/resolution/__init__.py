"""What figures leave unsaid: of what they are, whose money, of which year, compared with what, in which unit.

Each question has a module with its rules, which are tried in order.
"""
