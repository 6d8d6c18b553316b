import type { Statement } from "@ringfence/core/consents/consent";

/** What only the words of a text can say; all else follows from its terms. */
export const statedElements = [
  "right_to_withdraw",
  "revocation_info",
  "term_and_withdrawal_method",
  "not_condition_of_purchase",
  "clear_and_conspicuous",
  "data_types",
  "list_of_data",
  "list_of_actions",
  "operator_name_address",
  "processor_name",
  "full_name",
  "address",
  "id_document",
] as const satisfies readonly Statement[];
