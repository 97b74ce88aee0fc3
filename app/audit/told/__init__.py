"""What is told of an audit: findings, verdict, sentences and the report that holds them all."""
