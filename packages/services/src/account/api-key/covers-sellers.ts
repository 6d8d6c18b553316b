/** SQL: true if a member acts for every seller that a key acts for. An empty list stands for all sellers. */
export const coversSellers = (key: string, maker: string) =>
  `(cardinality(${maker}.seller_ids) = 0
    OR cardinality(${key}.seller_ids) > 0 AND ${key}.seller_ids <@ ${maker}.seller_ids) IS TRUE`;
