"""What is quoted: works as objects, footnotes, lists of sources, citations, living links."""
