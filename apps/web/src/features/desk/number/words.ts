/** Sellers and purposes of calls. */
export type Choices = {
  sellers: readonly { id: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
};

/** Name of a purpose, or its key if it was removed. */
export const purposeName = ({ purposes }: Choices, key: string) =>
  purposes.find((purpose) => purpose.key === key)?.name ?? key;

/** Name of a seller, or its ID if it is not among the choices. */
export const sellerName = ({ sellers }: Choices, id: string) =>
  sellers.find((seller) => seller.id === id)?.name ?? id;
