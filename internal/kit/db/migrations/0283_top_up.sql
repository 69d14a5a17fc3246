-- Money that is missing can be taken from the client's payment method by itself.
ALTER TABLE contract.contracts ADD COLUMN top_up boolean NOT NULL DEFAULT false;
ALTER TABLE banking.deposits ADD COLUMN fact text UNIQUE;   -- because of which it was asked for, once; null: somebody asked
