"""A benchmark file of bilateral meetings, small enough to be read."""

FORUM = """\
% a tiny forum
nBusiness = 5;
nMeetings = 4;
nTables = 2;
nTotalSlots = 6;
nMorningSlots = 4;
requested = [|1, 2, 1
            |2, 3, 2
            |1, 4, 3
            |3, 4, 3 |];
meetingsxBusiness = [{1,2,4}, {1,2,3}, {1,3,5}, {1,4,5}, {1}];
nMeetingsBusiness = [2, 2, 2, 2, 0];
forbidden = [{0}, {2,3, 5}, {}, {0, 6}, {0}];
fixed = [0, 0, 6, 0];
precedences = [{}, {1}, {1, 2}, {}];
"""
