// A book, and whose it is.
table book {
  auth = false

  schema {
    int id
    timestamp created_at?=now
    int author_id {
      table = "author"
    }

    text title
    decimal price?
    int pages?
    text[] tags
    json meta?
    timestamp published?
    bool lent?
    // A word of SQL.
    int order?
  }

  index = [
    {type: "primary", field: [{name: "id"}]}
    {type: "btree", field: [{name: "author_id", op: "asc"}]}
    {type: "btree|unique", field: [{name: "title"}]}
  ]
}
