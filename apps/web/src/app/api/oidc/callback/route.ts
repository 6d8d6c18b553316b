import { comeBackFromProvider, seeOther } from "@/server/provider-sign-in";

/** The identity provider sends the browser back here, with its answer. */
export const GET = async (request: Request) =>
  seeOther(await comeBackFromProvider(new URL(request.url).search));
