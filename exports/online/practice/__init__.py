"""A portal to practise on, on this PC alone: the real one has no sandbox but production itself.

It is written from the contract, apart from the client, so that each shows the other's mistakes.
"""
