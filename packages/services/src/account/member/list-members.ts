import { query } from "../../platform/verb.ts";
import { viewMembers } from "./view-members.ts";

/** Who works in the organization, and who did, by name. */
export const listMembers = query({
  name: "listMembers",
  action: "member.read",
  run: async (ctx) => viewMembers(ctx),
  audit: "by run",
});
