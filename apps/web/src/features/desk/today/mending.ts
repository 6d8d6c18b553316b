import type { Action } from "@ringfence/core/platform/access";
import type { Need } from "@ringfence/services/desk/today";
import type { Route } from "next";
import { safePath } from "@/server/safe-path";

/** The page on which a need is mended, what one has to be allowed there, and what the link says. */
export type Mending = {
  href: Route;
  action: Action;
  says:
    | "registries"
    | "mend"
    | "run"
    | "violations"
    | "questions"
    | "complaints"
    | "corrections"
    | "bursts"
    | "campaign"
    | "keys";
};

const registries: Mending = { href: "/registries", action: "registry.read", says: "registries" };

/** Null where there is nothing to do but to know. */
export function mendingOf(need: Need): Mending | null {
  switch (need.kind) {
    case "registry-unread":
    case "registry-stale":
    case "registry-near":
    case "registries-missing":
    case "edition-held":
      return registries;
    case "opt-outs-misread":
      return { href: "/opt-outs", action: "opt-out.read", says: "mend" };
    case "questions-open":
      return { href: "/inbound", action: "inbound.read", says: "questions" };
    case "complaints-open":
      return { href: "/complaints", action: "complaint.read", says: "complaints" };
    case "corrections-open":
      return { href: "/opt-outs", action: "opt-out.read", says: "corrections" };
    case "bursts-open":
    case "burst-liftings-open":
      return { href: "/opt-outs/bursts", action: "opt-out.read", says: "bursts" };
    case "keys-cut":
      return { href: "/keys", action: "api-key.change", says: "keys" };
    case "campaign-held":
      return {
        href: safePath(`/campaigns/${need.campaignId}`),
        action: "campaign.read",
        says: "campaign",
      };
    case "violations-open":
      return { href: "/violations", action: "violation.read", says: "violations" };
    case "run-failed":
      return runMending(need);
    case "consents-ending":
      return null;
  }
}

function runMending({ job, subjectId }: Need & { kind: "run-failed" }): Mending {
  switch (job) {
    case "registry.sync":
      return registries;
    case "scrub.run":
      return { href: safePath(`/scrubs/${subjectId}`), action: "scrub.read", says: "run" };
    case "form.check":
      return { href: safePath(`/forms/${subjectId}`), action: "capture-form.read", says: "run" };
    case "import.run":
      return { href: safePath(`/imports/${subjectId}`), action: "import.read", says: "run" };
  }
}
