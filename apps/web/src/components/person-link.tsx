import type { Route } from "next";
import Link from "next/link";
import { type Named, PersonName } from "./person-name";

type PersonLinkProps<To extends string> = { href: Route<To>; person: Named };

/** A contact, and the way to what is known of them. Who looks there is on record, so nothing is fetched ahead. */
export const PersonLink = <To extends string>({
  href,
  person: { name, externalId },
}: PersonLinkProps<To>) => (
  <Link href={href} prefetch={false}>
    <PersonName name={name} externalId={externalId} />
  </Link>
);
