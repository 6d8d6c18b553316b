import { parsePublicAddress } from "@ringfence/core/account/organization";
import {
  type LogoutOutcome,
  endSessionsByLogoutToken,
} from "@ringfence/services/account/identity-provider";
import { installation } from "@/server/installation";
import { parseSmallForm } from "@/server/public-form";

/** Answers of OpenID Connect Back-Channel Logout 1.0, 2.8. */
const answers: Record<LogoutOutcome["outcome"], { status: number; error?: string }> = {
  done: { status: 200 },
  invalid: { status: 400, error: "the logout token is not valid" },
  replayed: { status: 400, error: "the logout token was received before" },
  "no-provider": { status: 404, error: "there is no identity provider" },
  unanswered: { status: 503, error: "the identity provider's keys cannot be read" },
};

/** The identity provider calls this without a browser to end sessions. Its signature proves that it is the sender. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/oidc/[organization]/logout">,
) {
  const organizationId = parsePublicAddress((await params).organization);
  const token = (await parseSmallForm(request))?.get("logout_token");
  const { outcome } =
    organizationId === null || typeof token !== "string"
      ? ({ outcome: organizationId === null ? "no-provider" : "invalid" } as const)
      : await endSessionsByLogoutToken(installation(), organizationId, token);
  const { status, error } = answers[outcome];
  const headers = { "cache-control": "no-store" };
  if (error === undefined) return new Response(null, { status, headers });
  const body = { error: "invalid_request", error_description: error };
  return Response.json(body, { status, headers });
}
