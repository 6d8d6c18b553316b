import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { HostedFields, HostedPage, type Submission } from "@ringfence/core/consents/capture-form";
import { faultsOf } from "@ringfence/core/platform/message";
import { actingForm } from "./form-context.ts";
import type { FormToken } from "./form-token.ts";
import { type PublishedForm, publishedForm } from "./published-form.ts";
import type { SeenOfSender } from "./received.ts";
import { recordSubmission, requireToken, type Taken } from "./record-submission.ts";

/** A submission from the hosted page: its token and `page` from `openHostedForm`, and what was typed. */
type SentByHostedForm = SeenOfSender & { token: string; page: string; fields: unknown };

/** Takes a form from its own page: what that showed, its token fixed. */
export const takeHostedSubmission = command({
  name: "takeHostedSubmission",
  action: "consent.capture",
  input: z.custom<SentByHostedForm>(),
  run: async (ctx, { token: text, page: shown, fields: typed, ...seen }): Promise<Taken> => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const token = requireToken(ctx, form, { text, shownOn: { type: "hosted", page: shown } });
    const page = HostedPage.parse(JSON.parse(shown));
    const fields = HostedFields.safeParse(typed);
    if (!fields.success) return { faults: faultsOf(fields.error, typed) };

    const submission = buildSubmission({ form, page, token, fields: fields.data, now: ctx.now });
    const placement = { type: "hosted", origin: new URL(page.url).origin } as const;
    return recordSubmission(ctx, form, { ...seen, submission, token, placement });
  },
  audit: "by run",
});

type Filled = {
  form: PublishedForm;
  page: HostedPage;
  token: FormToken;
  fields: HostedFields;
  now: Date;
};

/** The page has no script that could count time or look at the window: the server counts. */
function buildSubmission({ form, page, token, fields, now }: Filled): Submission {
  const { disclosures, ...seen } = page;
  const { ticked, ...person } = fields;
  const isTicked = (id: string) => ticked.includes(id);
  return {
    ...person,
    token: token.id,
    issuedAt: token.issuedAt,
    elapsedMs: now.getTime() - token.issuedAt.getTime(),
    asked: disclosures.flatMap(({ id, version }) => {
      const asked = form.disclosures.find((it) => it.id === id && it.version === version);
      if (!asked) return [];
      return [{ id, version, text: asked.text, wasChecked: false, isChecked: isTicked(id) }];
    }),
    page: {
      ...seen,
      controls: [...fieldsOn(form, person), ...boxesOn(disclosures, isTicked)],
      width: 0,
      height: 0,
    },
  };
}

const types = { phone: "tel", name: "text", email: "email" } as const;

function fieldsOn({ settings }: PublishedForm, person: Omit<HostedFields, "ticked">) {
  const names = (["phone", "name", "email"] as const).filter(
    (name) => name === "phone" || settings[name] !== "none",
  );
  return names.map((name) => ({
    name,
    type: types[name],
    isFilled: (person[name] ?? "") !== "",
    isVisible: true,
  }));
}

const boxesOn = (disclosures: HostedPage["disclosures"], isTicked: (id: string) => boolean) =>
  disclosures.map(({ id }) => ({
    name: `box-${id}`,
    type: "checkbox",
    isChecked: isTicked(id),
    isVisible: true,
  }));
