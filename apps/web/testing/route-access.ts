import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import type { Action } from "@ringfence/core/platform/access";
import type { Everything } from "@ringfence/services/testing/organization-with-everything";
import type { Rows } from "./seller-inputs";
import type { RouteRequest } from "./seller-routes";

export type RouteAccess<Records> = {
  /** The action that a member must be allowed to do. */
  action: Action;
  /** A request that an owner may make. */
  request: (of: Records) => RouteRequest;
  /** Answer to the owner of another organization. */
  strangers: 404 | "only their own";
};

const list = (action: Action): RouteAccess<unknown> => ({
  action,
  request: () => ({}),
  strangers: "only their own",
});
const record = <Records>(
  action: Action,
  request: (of: Records) => RouteRequest,
): RouteAccess<Records> => ({ action, request, strangers: 404 });
const own = <Records>(
  action: Action,
  request: (of: Records) => RouteRequest,
): RouteAccess<Records> => ({ action, request, strangers: "only their own" });

/** Routes that an organization with everything can answer. */
export const everythingRoutes: Readonly<Record<string, RouteAccess<Everything>>> = {
  "POST audit.csv": list("audit.read"),
  "POST audit.ndjson": list("audit.read"),
  "POST reads.csv": own("audit.read", ({ ownerId }) => ({ query: `?who=member.${ownerId}` })),
  "POST blocked-list.csv": { ...list("blocked-list.read"), strangers: 404 },
  "POST calls.csv": list("call.read"),
  "POST complaints.csv": list("complaint.read"),
  "POST consents.csv": list("consent.prove"),
  "POST contacts.csv": list("contact.read"),
  "POST opt-outs.csv": list("opt-out.read"),
  "POST screenings.csv": list("screening.list"),
  "GET bursts.csv": list("opt-out.read"),
  "GET campaigns.csv": list("campaign.read"),
  "GET disclosures.csv": list("disclosure.read"),
  "GET endpoints.csv": list("endpoint.read"),
  "GET forms.csv": list("capture-form.read"),
  "GET imports.csv": list("import.read"),
  "GET keys.csv": list("api-key.read"),
  "GET members.csv": list("member.read"),
  "GET offers.csv": list("offer.read"),
  "GET segments.csv": list("segment.read"),
  "GET report.pdf": list("report.read"),
  "GET processing.csv": list("processing-record.read"),
  "GET registries.csv": list("registry.read"),
  "GET scrubs.csv": list("scrub.read"),
  "GET statements.csv": list("proof.read"),
  "POST suppressions.csv": list("suppression.read"),
  "POST violations.csv": list("violation.read"),
  "GET evidence/[fileId]": record("consent.prove", ({ evidenceFileId: id }) => ({ id })),
  "GET imports/[importId]/remarks": record("import.read", ({ importId: id }) => ({ id })),
  "POST complaints/[complaintId]/pack": record("evidence-pack.make", ({ complaintId: id }) => ({
    id,
    query: "?regulator=us",
  })),
  "POST contacts/[contactId]/access-report": record("access-report.make", ({ contactId: id }) => ({
    id,
    query: "?format=json&language=en",
  })),
  "POST contacts/[contactId]/portable-copy": record("access-report.make", ({ contactId: id }) => ({
    id,
    query: "?language=en",
  })),
  // The law is the same for all organizations.
  "GET rule-sets/[hash]": own("rule.read", () => ({ id: bundledRuleSetHash })),
  "POST reassigned/[queryId]/questions.csv": record(
    "reassigned.ask",
    ({ reassignedQueryId: id }) => ({ id }),
  ),
  "GET registries/[registryId]/editions.csv": own("registry.read", ({ registryId: id }) => ({
    id,
  })),
  "GET registries/[registryId]/readings.csv": own("run.read", ({ registryId: id }) => ({ id })),
  "POST registries/[registryId]/questions/[questionId]/numbers.csv": record(
    "registry.change",
    ({ registryId, registryQuestionId: questionId }) => ({ params: { registryId, questionId } }),
  ),
  "POST scrubs/[scrubId]/result": record("scrub.read", ({ scrubId: id }) => ({ id })),
  "POST segments/[segmentId]/people.csv": record("segment.export", ({ segmentId: id }) => ({ id })),
  "POST uploads/evidence": own("consent.record", () => ({
    query: "?kind=scan",
    body: "%PDF-1.7\nx\n%%EOF\n",
  })),
  "POST uploads/imports": own("import.run", () => ({
    query: "?kind=contacts",
    body: "phone\n+12015550101\n",
  })),
  "POST uploads/line-types": own("reassigned.ask", ({ calledPhone }) => ({
    body: `${calledPhone},Landline,2026-03-02\r\n`,
  })),
  "POST uploads/reassigned/[queryId]": record(
    "reassigned.ask",
    ({ reassignedQueryId: id, callablePhone }) => ({
      id,
      body: `${callablePhone.slice(2)},2026-01-04,no\r\n`,
    }),
  ),
  "POST uploads/registries/[registryId]": record("registry.change", ({ registryId: id }) => ({
    id,
    body: "202,5550111\n",
  })),
  "POST uploads/scrubs": own("scrub.run", ({ seller }) => ({
    query: `?purpose=marketing&header=true&seller=${seller}`,
    body: "phone\n+12015550100\n",
  })),
};

/** Routes that need records in a signed log, or a running campaign. */
export const publishedRoutes: Readonly<Record<string, RouteAccess<Rows>>> = {
  "GET certificates/[id]/json": record("consent.prove", ({ consent: { id } }) => ({ id })),
  "GET certificates/[id]/pdf": record("consent.prove", ({ consent: { id } }) => ({ id })),
  "GET proofs/[id]": record("proof.read", ({ consent: { entryId: id } }) => ({ id })),
  "POST campaigns/[campaignId]/calls.csv": record("campaign.export", ({ campaignId: id }) => ({
    id,
  })),
};
