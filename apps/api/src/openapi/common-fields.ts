// What fields of many requests are.

export const phone =
  "As people write it: `+1 (201) 555-0123`, `8 (495) 123-45-67` with `region` RU.";
export const region =
  "ISO 3166-1 alpha-2: how a number without `+` is read. Else the organization's home.";
export const seller = "Key or id; left out, the organization's only seller.";
export const purpose = "Its dotted key; what is said of a node holds for all below it.";
