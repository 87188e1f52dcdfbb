/** Processes that a test runs side by side: some wait for files while others use the processor. */
const AT_ONCE = 4;

/** `items` through `work`, a few at a time, results in the order of the items. */
export async function mapConcurrently<Item, Outcome>(
  items: readonly Item[],
  work: (item: Item) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(items.length);
  const waiting = items.entries();
  const worker = async () => {
    for (const [i, item] of waiting) outcomes[i] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}
