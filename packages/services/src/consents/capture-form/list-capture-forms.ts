import { query } from "../../platform/verb.ts";
import { CaptureFormKind, CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { formsOfOthers } from "../../platform/access/forms-of-others.ts";

/** A form as lists show it. */
export type CaptureFormListed = {
  id: CaptureFormId;
  name: string;
  kind: CaptureFormKind;
  /** 0 before the first is published. */
  version: number;
  publishedAt: Date | null;
  /** Whether its draft is other than what collects. */
  isChanged: boolean;
  closedAt: Date | null;
  jurisdictions: readonly string[];
  consents: number;
  lastConsentAt: Date | null;
};

/** The organization's forms of sellers for whom the actor works, by name. There are dozens, not thousands. */
export const listCaptureForms = query({
  name: "listCaptureForms",
  action: "capture-form.read",
  run: async (ctx): Promise<CaptureFormListed[]> => {
    const others = await formsOfOthers(ctx);
    const rows = (await readRows(ctx)).filter(({ id }) => !others.has(id));
    return rows.map(({ id, kind, draft, ...row }) => ({
      ...row,
      id: CaptureFormId.parse(id),
      kind: CaptureFormKind.parse(kind),
      jurisdictions: CaptureFormSettings.parse(draft).jurisdictions,
    }));
  },
  audit: "by run",
});

type Row = Omit<CaptureFormListed, "id" | "kind" | "jurisdictions"> & {
  id: string;
  kind: string;
  draft: unknown;
};

const readRows = ({ db, organizationId }: TransactionContext) =>
  db.$queryRaw<Row[]>`
    SELECT form.id, form.name, form.kind, draft, coalesce(latest.version, 0) AS version,
      latest.published_at AS "publishedAt", closed_at AS "closedAt",
      (latest.settings, latest.name, latest.kind) IS DISTINCT FROM (draft, form.name, form.kind)
        AS "isChanged",
      given.consents, given.last AS "lastConsentAt"
    FROM capture_form AS form
    LEFT JOIN LATERAL (
      SELECT version, name, kind, settings, published_at FROM capture_form_version
      WHERE organization_id = form.organization_id AND form_id = form.id
      ORDER BY version DESC LIMIT 1
    ) AS latest ON true
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT consent_id)::int AS consents, max(at) AS last FROM consent_event
      WHERE organization_id = form.organization_id AND form_id = form.id
    ) AS given
    WHERE form.organization_id = ${organizationId}::uuid
    ORDER BY form.name, form.id`;
