import { DraftCaptureForm } from "@ringfence/core/consents/capture-form";
import { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import { draftCaptureForm, publishCaptureForm } from "@ringfence/services/consents/capture-form";
import type { TransactionContext } from "@ringfence/services/context";
import { draftDisclosure, publishDisclosure } from "@ringfence/services/consents/disclosure";

const texts = [
  {
    language: "en",
    text: "I agree that Demo Bank may call me, also with dialing software, about its loans and cards. This is no condition of any purchase. I can take it back at any time: on any call, or at the address in every letter.",
    asks: "advertising",
  },
  {
    language: "ru",
    text: "Я согласен получать от Demo Bank рекламные звонки о кредитах и картах, в том числе с программой набора. Согласие необязательно. Его можно отозвать в любой момент: в любом звонке или по адресу из любого письма.",
    asks: "advertising",
  },
  {
    language: "en",
    text: "I agree that Demo Bank processes my name and phone number to call me about its offers, until I take this back.",
    asks: "personal_data",
  },
  {
    language: "ru",
    text: "Я согласен на обработку Demo Bank моих имени и номера телефона для звонков о предложениях, пока не отзову это согласие.",
    asks: "personal_data",
  },
] as const;

/** Loads a disclosure in two languages, and a form that shows it on the hosted page. */
export async function loadForms(ctx: TransactionContext, seller: string) {
  const disclosures = [];
  for (const { language, text, asks } of texts) {
    const isAdvertising = asks === "advertising";
    const draft = DraftDisclosure.parse({
      language,
      text,
      terms: {
        title: titles[asks],
        asks,
        seller,
        purposes: isAdvertising ? ["marketing"] : [],
        channels: isAdvertising ? ["voice_live", "voice_autodialed"] : [],
        states: isAdvertising
          ? ["right_to_withdraw", "revocation_info", "not_condition_of_purchase"]
          : ["list_of_data", "list_of_actions", "data_types"],
        retention: "Five years after the last call",
        withdrawal: "On any call",
      },
    });
    const { id } = await draftDisclosure(ctx, draft);
    const { version } = await publishDisclosure(ctx, id);
    disclosures.push({ id, version });
  }
  const form = DraftCaptureForm.parse({
    name: "Website: talk to us",
    kind: "website_form",
    settings: {
      disclosures,
      origins: [],
      jurisdictions: ["US", "RU"],
      name: "optional",
      email: "none",
      confirmation: null,
    },
  });
  const { id } = await draftCaptureForm(ctx, form);
  await publishCaptureForm(ctx, { formId: id, delivery: { sms: false, email: false } });
}

const titles = { advertising: "Offers by phone", personal_data: "Personal data" };
