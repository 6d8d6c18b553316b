import { Phone } from "@ringfence/core/people/phone";
import { aPhone } from "@ringfence/db/testing";
import { connectRegistry } from "../src/do-not-call/registry/index.ts";
import { job } from "./fetches.ts";
import { aContext, db } from "./scenes.ts";

/**
 * Connects the Australian register for an organization with two contacts to check, and creates a worker of another
 * one.
 */
export async function anAustralianRegistry(monthlyNumbers = 10) {
  const asOfficer = await aContext();
  const { registryId } = await connectRegistry(asOfficer, {
    code: "AU-DNCR",
    name: "Do Not Call Register",
    format: { reader: "au-dncr" },
    source: {
      kind: "au-washing",
      url: "https://register.example/",
      telemarketerId: "1",
      monthlyNumbers,
    },
    secret: "secret",
    maxAgeDays: 30,
    maxShrinkShare: 0.02,
  });
  for (const e164 of ["+61412000001", "+61412000002"]) {
    await aPhone(db, asOfficer.organizationId, { e164: Phone.parse(e164) });
  }
  const ctx = { ...asOfficer, actor: job };
  return { ctx, asOfficer, stranger: await aContext(job), registryId };
}
