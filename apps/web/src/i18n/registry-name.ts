import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";

const names = new Map<string, string>(bundledRuleBook.registries.map(({ id, name }) => [id, name]));

/**
 * Names a registry of the rules by its code. Another code, such as that of an organization's own list, stays as it
 * is.
 */
export const registryName = (code: string): string => names.get(code) ?? code;
