"""Applications for disclosure (依申请公开): how they come in, what happens to them, their clock, their outcomes and fees."""
