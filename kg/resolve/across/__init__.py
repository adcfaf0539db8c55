"""Resolution across documents: the same actor, event and claim are one story, whoever wrote about them.

Everything here is a function of the *set* of documents: what is kept (`memory`) only saves work.  Pairs are compared
when
they are near neighbours under a common key (`neighbours`), scored by named features (`actors`, `events`, `claims`,
`families`), and joined when a score passes a threshold set on the development set; no pair is ever compared with all.
"""
