"""Comments and conversations: what students say in words, read by a person before anybody else."""
