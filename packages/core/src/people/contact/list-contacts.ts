import { z } from "zod";
import { ContactId } from "../../platform/ids.ts";
import { CalledParty } from "../phone/index.ts";

/** A page of contacts, last added first. */
export const ListContacts = z.object({
  /** A phone as people write it, an external id, or a part of a name. */
  search: z.string().trim().max(128).optional(),
  /** A country takes in its subdivisions. */
  addressRegion: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .optional(),
  calledParty: CalledParty.optional(),
  /** `next` of the page before. */
  after: ContactId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListContacts = z.infer<typeof ListContacts>;
