// Descriptions of fields that many requests share.

export const phone =
  "As people write it: `+1 (201) 555-0123`, or `8 (495) 123-45-67` with `region` RU.";
export const region =
  "Country of a number without `+` (ISO 3166-1 alpha-2). The organization's home region if missing.";
export const seller = "Key or id of the seller. May be missing if the organization has only one.";
export const purpose =
  "Dotted key of the purpose. What is said of a purpose also holds for all below it.";
