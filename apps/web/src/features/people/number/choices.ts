/** What a call may be for. */
export type Choices = {
  sellers: readonly { id: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
};

/** A purpose in the organization's own words; its key, where it has none any more. */
export const purposeName = ({ purposes }: Choices, key: string) =>
  purposes.find((purpose) => purpose.key === key)?.name ?? key;

export const sellerName = ({ sellers }: Choices, id: string) =>
  sellers.find((seller) => seller.id === id)?.name ?? id;
