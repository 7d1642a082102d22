function fill {
  input {
  }

  stack {
    db.bulk.add country {
      items = [{code: "GB"}, {code: "TR"}]
    }

    db.bulk.add author {
      items = [{name: "Ada", country_id: 1}, {name: "Bo", country_id: 2}, {name: "Cem", country_id: 2}, {name: "Nobody"}]
    }

    db.bulk.add book {
      items = [
        {author_id: 1, title: "Alpha", price: 10, pages: 100, tags: ["a", "b"], meta: {shelf: 3}, published: "2024-01-15", order: 3}
        {author_id: 1, title: "Beta", price: 20.5, pages: 200, tags: ["b"], published: "2024-02-20", lent: true, order: 1}
        {author_id: 2, title: "Gamma", price: 7.25, pages: 50, tags: [], meta: {shelf: 3}, published: "2025-02-01", order: 2}
        {author_id: 3, title: "Delta", pages: 400, tags: ["c"], meta: {shelf: 1}}
      ]
    }

    db.bulk.add loan {
      items = [{book_id: 2, days: 7}, {book_id: 2, days: 14}, {book_id: 4, days: 30}]
    }
  }

  response = null
}
