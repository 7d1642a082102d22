/// Filters that the language has and Postern refuses when a workspace is loaded, and names that many expect.
enum UnsupportedFilters {
    static let definitions: [FilterDefinition] =
        javaScript.map { .unsupported($0, reason: "Postern runs no JavaScript; write an expression, as in |map:$$.x") }
        + vectors.map { .unsupported($0, reason: "there are no vector columns") }
        + places.map { .unsupported($0, reason: "there are no geographic columns") }
        + queries.map { .unsupported($0.name, reason: "it belongs to the where of a db.query; here use \($0.instead)") }
        + [
            .unsupported("default", reason: "XanoScript has none; use ?? or |first_notnull:…"),
        ]

    private static let javaScript = [
        "lambda", "lambda_map", "lambda_filter", "lambda_some", "lambda_every", "lambda_find", "lambda_findIndex",
        "lambda_reduce",
    ]
    private static let vectors = [
        "l1_distance_manhattan", "l2_distance_euclidean", "inner_product", "negative_inner_product",
        "cosine_distance", "cosine_similarity",
    ]
    private static let places = ["covers", "distance", "within"]
    private static let queries = [
        (name: "between", instead: "two comparisons"), (name: "includes", instead: "|contains"),
        (name: "overlaps", instead: "|intersect"), (name: "length", instead: "|count or |strlen"),
        (name: "coalesce", instead: "??"), (name: "search_rank", instead: "|icontains"),
    ]
}
