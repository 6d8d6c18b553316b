import {
  type CaptureFormKind,
  type CaptureFormSettings,
  formatFormAddress,
} from "@ringfence/core/consents/capture-form";
import { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import type { CaptureFormId } from "@ringfence/core/ids";
import {
  draftCaptureForm,
  publishCaptureForm,
} from "../src/consents/capture-form/draft-and-publish.ts";
import type { RootContext } from "../src/platform/context.ts";
import {
  draftDisclosure,
  publishDisclosure,
} from "../src/consents/disclosure/draft-and-publish.ts";

export const aDraft = (more: object = {}, terms: object = {}) =>
  DraftDisclosure.parse({
    language: "en",
    text: "Acme may call me about its offers. I can say no on any call.",
    terms: {
      title: "Offers by phone",
      asks: "advertising",
      seller: "acme",
      purposes: ["marketing"],
      channels: ["voice_live"],
      states: ["right_to_withdraw"],
      retention: "Five years after the last call",
      withdrawal: "On any call",
      ...terms,
    },
    ...more,
  });

export const aboutData = {
  asks: "personal_data",
  purposes: [],
  channels: [],
  states: ["list_of_data", "list_of_actions", "operator_name_address"],
};

/** A disclosure that may be shown. */
export async function aDisclosure(ctx: RootContext, draft = aDraft()) {
  const { id } = await draftDisclosure(ctx, draft);
  const { version = 0 } = await publishDisclosure(ctx, id);
  return { id, version, text: draft.text };
}

export const origin = "https://shop.example";

/** An installation that can send every kind of message. */
export const delivery = { sms: true, email: true };

type More = Partial<CaptureFormSettings> & { kind?: CaptureFormKind };

/** A form that is worked on. */
export async function aDraftForm(ctx: RootContext, { kind = "website_form", ...more }: More = {}) {
  const disclosures = more.disclosures ?? [await aDisclosure(ctx)];
  const settings: CaptureFormSettings = {
    origins: [origin],
    jurisdictions: ["US"],
    name: "optional",
    email: "optional",
    confirmation: null,
    ...more,
    disclosures: disclosures.map(({ id, version }) => ({ id, version })),
  };
  const { id } = await draftCaptureForm(ctx, { name: "Contact us", kind, settings });
  return { id, settings };
}

/** A form that collects by one disclosure, and its address. Its page passed all checks. */
export async function aForm(ctx: RootContext, more: More = {}) {
  const { id, settings } = await aDraftForm(ctx, more);
  await passChecks(ctx, id);
  const published = await publishCaptureForm(ctx, { formId: id, delivery });
  const address = formatFormAddress({ organizationId: ctx.organizationId, formId: id });
  return { id, address, settings, published };
}

/** Saves the result of a check that found no fault on the page. */
export const passChecks = ({ db, organizationId }: RootContext, id: CaptureFormId) =>
  db.prisma.captureForm.updateMany({ where: { organizationId, id }, data: { checks: [] } });
