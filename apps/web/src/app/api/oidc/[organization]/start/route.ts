import { leaveForProvider, seeOther } from "@/server/provider-sign-in";

/** Sends the browser to the organization's identity provider. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/oidc/[organization]/start">,
) {
  const { organization } = await params;
  const from = new URL(request.url).searchParams.get("from");
  const url = await leaveForProvider(organization, from);
  return url === null ? new Response(null, { status: 404 }) : seeOther(url);
}
