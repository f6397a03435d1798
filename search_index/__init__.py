"""Full-text retrieval of Chinese texts: what a person typed becomes hits that can be quoted.

The room knows nothing of Flask, the database or the application. `engine.py` is the contract every engine keeps,
`engines.py` lists the engines, `query.py` reads what a person typed.
"""
