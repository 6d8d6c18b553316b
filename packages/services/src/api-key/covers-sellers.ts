/** SQL: whether a member acts for every seller that a key acts for. Either names none where it is for all. */
export const coversSellers = (key: string, maker: string) =>
  `(cardinality(${maker}.seller_ids) = 0
    OR cardinality(${key}.seller_ids) > 0 AND ${key}.seller_ids <@ ${maker}.seller_ids) IS TRUE`;
