"""Words about a citizen: checked while one writes, and looked for in what is stored."""
