import { z } from "zod";

/** What rules may require a consent to hold: the words of the rules themselves. */
export const Element = z.enum([
  // Follow from what every consent on record says.
  "seller_identity",
  "controller_identity",
  "specific_seller",
  "principal_entity_or_brand",
  "purpose",
  "purpose_advertising",
  "authorises_telemarketing",
  "products_or_services",
  "scope",
  "channel_voice",
  "autodialer_or_prerecorded_disclosure",
  "prerecorded_purpose_disclosure",
  "phone_number",
  "timestamp",
  "text_version",
  "affirmative_action",
  "signature",
  "subject_identity",
  "period",
  // Only the text can say them.
  "not_condition_of_purchase",
  "clear_and_conspicuous",
  "data_types",
  "right_to_withdraw",
  "revocation_info",
  "full_name",
  "address",
  "id_document",
  "operator_name_address",
  "list_of_data",
  "processor_name",
  "list_of_actions",
  "term_and_withdrawal_method",
]);
export type Element = z.infer<typeof Element>;
