-- Who has worked together can agree on other work without a post: the offer has a title of its own.
ALTER TABLE contract.offers ADD COLUMN title text CHECK (char_length(title) BETWEEN 1 AND 150);   -- null: it is for the work of the post
