"""Reading what citizens write of jobs: what they do not want, where they come from, and which words say nothing."""
