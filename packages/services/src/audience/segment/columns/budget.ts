/** How many bytes the columns of an organization may take, and do. */
export type Budget = { taken: number; take: (bytes: number) => void };

/** An organization has more than the columns of a process may take. */
export class TooLarge extends Error {}

export function makeBudget(most: number): Budget {
  const budget: Budget = {
    taken: 0,
    take(bytes) {
      budget.taken += bytes;
      if (budget.taken > most) throw new TooLarge(`more than ${most} bytes`);
    },
  };
  return budget;
}
