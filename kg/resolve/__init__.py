"""Resolution: which actor a mention means, inside a document and across documents."""
