import type { Action } from "@ringfence/core/access";
import type messages from "../../../messages/en.json";

export type Place = {
  key: keyof typeof messages.places;
  href: "/" | "/registries" | "/scrubs" | "/settings";
  /** What one has to be allowed to see it. */
  action: Action;
};

/** The navigation, in groups. A page of the workspace is one line here. */
export const places: readonly (readonly Place[])[] = [
  [{ key: "today", href: "/", action: "organization.read" }],
  [{ key: "registries", href: "/registries", action: "registry.read" }],
  [{ key: "scrubs", href: "/scrubs", action: "scrub.read" }],
  [{ key: "settings", href: "/settings", action: "member.change-own-settings" }],
];

/** The place that a path is in; undefined for what is no page of the workspace. */
export const placeOf = (path: string): Place | undefined =>
  places.flat().find(({ href }) => path === href || (href !== "/" && path.startsWith(`${href}/`)));
