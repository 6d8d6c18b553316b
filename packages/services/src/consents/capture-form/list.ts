import { sql } from "kysely";
import { z } from "zod";
import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  listFormsOfOtherSellers,
  loadActorNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  CaptureFormKind,
  CaptureFormSettings,
  findCheckFaults,
  findFormFaults,
  formatFormAddress,
  isOnPage,
} from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { CheckAnswer, CheckResult } from "@ringfence/core/consents/form-check";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Message } from "@ringfence/core/platform/message";
import { loadSellers } from "../../account/seller/internal.ts";
import { parseChecks } from "./check-page.ts";
import { loadPublishedDisclosures } from "../disclosure/internal.ts";

const FormRow = z.object({
  id: CaptureFormId,
  name: z.string(),
  kind: CaptureFormKind,
  /** 0 before the first is published. */
  version: z.int(),
  publishedAt: z.date().nullable(),
  /** True if the draft differs from the latest published version, or none is published. */
  isChanged: z.boolean(),
  closedAt: z.date().nullable(),
  draft: CaptureFormSettings,
});

/** Form of a list, without its consents. */
type ListedForm = Omit<z.infer<typeof FormRow>, "draft"> & { jurisdictions: readonly string[] };

/** Row of the list of forms. */
export type CaptureFormListItem = ListedForm & {
  /** Consents that were given with the form. One that awaits its confirmation does not count. */
  consents: number;
  lastConsentAt: Date | null;
};

/** Lists the forms of the actor's sellers by name. An organization has dozens, not thousands. */
export const listCaptureForms = query({
  name: "listCaptureForms",
  action: "capture-form.read",
  run: (ctx): Promise<ListedForm[]> => loadForms(ctx),
  audit: "none",
});

/**
 * Lists the forms of the actor's sellers by name, with how many consents each has brought. Counting reads every consent
 * of every form, so only the list of forms itself asks for it.
 */
export const listCaptureFormsWithConsents = query({
  name: "listCaptureFormsWithConsents",
  action: "capture-form.read",
  run: async (ctx): Promise<CaptureFormListItem[]> => {
    const counts = new Map((await countConsents(ctx)).map((row) => [row.formId, row]));
    return (await loadForms(ctx)).map((form) => {
      const { consents = 0, lastConsentAt = null } = counts.get(form.id) ?? {};
      return { ...form, consents, lastConsentAt };
    });
  },
  audit: "none",
});

async function loadForms(ctx: TransactionContext): Promise<ListedForm[]> {
  const others = await listFormsOfOtherSellers(ctx);
  const rows = (await readRows(ctx)).filter(({ id }) => !others.has(id));
  return rows.map(({ draft, ...row }) => ({ ...row, jurisdictions: draft.jurisdictions }));
}

const ConsentsRow = z.object({
  formId: CaptureFormId,
  consents: z.int(),
  lastConsentAt: z.date(),
});

const countConsents = ({ db, organizationId }: TransactionContext) =>
  selectRows(
    { db },
    ConsentsRow,
    sql`
    SELECT form_id AS "formId", count(DISTINCT consent_id)::int AS consents,
      max(at) AS "lastConsentAt"
    FROM consent_event
    WHERE organization_id = ${organizationId}::uuid AND form_id IS NOT NULL
      AND type IN ('granted', 'renewed')
    GROUP BY form_id`,
  );

const readRows = ({ db, organizationId }: TransactionContext) =>
  selectRows(
    { db },
    FormRow,
    sql`
    SELECT form.id, form.name, form.kind, draft, coalesce(latest.version, 0) AS version,
      latest.published_at AS "publishedAt", closed_at AS "closedAt",
      (latest.settings, latest.name, latest.kind) IS DISTINCT FROM (draft, form.name, form.kind)
        AS "isChanged"
    FROM capture_form AS form
    LEFT JOIN LATERAL (
      SELECT version, name, kind, settings, published_at FROM capture_form_version
      WHERE organization_id = form.organization_id AND form_id = form.id
      ORDER BY version DESC LIMIT 1
    ) AS latest ON true
    WHERE form.organization_id = ${organizationId}::uuid
    ORDER BY form.name, form.id`,
  );

export type CaptureFormView = {
  id: CaptureFormId;
  /** The form's part of public addresses. */
  address: string;
  name: string;
  kind: CaptureFormKind;
  draft: CaptureFormSettings;
  /** Texts of the draft; null for one that is not published. */
  disclosures: readonly (PublishedDisclosure | null)[];
  closedAt: Date | null;
  /** Check results of the draft; null while it is unchecked. */
  checks: readonly CheckResult[] | null;
  answers: readonly (CheckAnswer & { at: Date; name: string | null })[];
  /** Faults that keep the draft from being published, apart from archived texts and messages that cannot be sent. */
  faults: readonly Message[];
  /** Latest first. */
  versions: readonly {
    version: number;
    settings: CaptureFormSettings;
    disclosures: readonly PublishedDisclosure[];
    publishedAt: Date;
    by: NamedActor | null;
  }[];
};

/** Reads a form with its draft and versions. Throws `not-found` also for a form of a seller that the actor may not see. */
export const readCaptureForm = query({
  name: "readCaptureForm",
  action: "capture-form.read",
  input: CaptureFormId,
  run: async (ctx, id): Promise<CaptureFormView> => {
    const { db, organizationId } = ctx;
    const form = await db.captureForm.findFirst({ where: { organizationId, id } });
    const isSeen = form !== null && !(await listFormsOfOtherSellers(ctx)).has(form.id);
    if (!isSeen) throw new ServiceError("not-found", { key: "form.not-found" });
    const draft = CaptureFormSettings.parse(form.draft);
    const kind = CaptureFormKind.parse(form.kind);
    const disclosures = await loadPublishedDisclosures(ctx, draft.disclosures);
    const { results, answers } = parseChecks(form);
    const nameActor = await loadActorNames(
      ctx,
      answers.map(({ by }) => by),
    );
    return {
      id,
      address: formatFormAddress({ organizationId, formId: id }),
      name: form.name,
      kind,
      draft,
      disclosures,
      closedAt: form.closedAt,
      checks: results,
      answers: answers.map(({ check, holds, note, at, by }) => ({
        check,
        holds,
        note,
        at: new Date(at),
        name: nameActor(by)?.name ?? null,
      })),
      faults: [
        ...findFormFaults(draft, disclosures),
        ...findCheckFaults(kind, draft, results, answers),
      ],
      versions: await loadVersions(ctx, id),
    };
  },
  audit: "none",
});

async function loadVersions(ctx: TransactionContext, formId: CaptureFormId) {
  const { db, organizationId } = ctx;
  const rows = await db.captureFormVersion.findMany({
    where: { organizationId, formId },
    orderBy: { version: "desc" },
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const read = rows.map((row) => ({ ...row, settings: CaptureFormSettings.parse(row.settings) }));
  const all = await loadPublishedDisclosures(
    ctx,
    read.flatMap(({ settings }) => settings.disclosures),
  );
  const byVersion = new Map(
    all.flatMap((it) => (it ? [[`${it.id}/${it.version}`, it] as const] : [])),
  );
  return read.map(({ version, settings, publishedAt, actor }) => ({
    version,
    settings,
    disclosures: settings.disclosures.flatMap(
      (it) => byVersion.get(`${it.id}/${it.version}`) ?? [],
    ),
    publishedAt,
    by: nameActor(actor),
  }));
}

/** A published form with which a person can agree on a page. */
export type OpenForm = {
  /** Its part of public addresses. */
  address: string;
  texts: readonly {
    id: string;
    seller: string;
    title: string;
    language: string;
    purposes: readonly PurposeKey[];
  }[];
};

/** Lists the published forms that anybody can fill in on a page and that are not closed, by name. */
export async function listOpenForms(ctx: TransactionContext): Promise<OpenForm[]> {
  const { db, organizationId } = ctx;
  const forms = await db.captureForm.findMany({
    where: { organizationId, closedAt: null },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const sellers = new Map((await loadSellers(ctx)).map(({ id, name }) => [String(id), name]));
  const found: OpenForm[] = [];
  for (const { id, versions } of forms) {
    const [latest] = versions;
    if (latest === undefined || !isOnPage(CaptureFormKind.parse(latest.kind))) continue;
    const { disclosures } = CaptureFormSettings.parse(latest.settings);
    const texts = await loadPublishedDisclosures(ctx, disclosures);
    found.push({
      address: formatFormAddress({ organizationId, formId: CaptureFormId.parse(id) }),
      texts: texts.flatMap((text) =>
        text === null
          ? []
          : {
              id: text.id,
              seller: sellers.get(text.terms.seller) ?? "",
              title: text.terms.title,
              language: text.language,
              purposes: text.terms.purposes,
            },
      ),
    });
  }
  return found;
}
