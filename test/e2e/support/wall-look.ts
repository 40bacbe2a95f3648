// What runs inside the page of a wall screen: how small its letters are, and what its edges cut off.

// The page's globals, as far as they are used here: the tests as a whole are checked without the browser's types.
interface PageElement {
  readonly innerText: string;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): { readonly right: number; readonly bottom: number };
}
declare const document: { querySelectorAll(selector: string): Iterable<PageElement> };
declare const getComputedStyle: (element: PageElement) => { readonly fontSize: string };
declare const window: { readonly innerWidth: number; readonly innerHeight: number };

/** In pixels, of all that is written on the wall but for what is only for who has a keyboard or a mouse. */
export function smallestLetters(): number {
  const isText = ({ nodeType, textContent }: { readonly nodeType: number; readonly textContent: string | null }) =>
    nodeType === 3 && textContent?.trim() !== '';
  const written = [...document.querySelectorAll('.wall *')].filter(
    (element) => [...element.childNodes].some(isText) && element.closest('nav, .visually-hidden') === null,
  );
  // A browser may hold 40 as 39.9999.
  return Math.round(Math.min(...written.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))) * 10) / 10;
}

/** Cards and tiles that hold more than they show, or that reach over the edge. */
export function cutOff(): readonly string[] {
  return [...document.querySelectorAll('.wall li, .wall-foot')]
    .filter((element) => {
      const { right, bottom } = element.getBoundingClientRect();
      return element.scrollHeight > element.clientHeight + 1 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1;
    })
    .map((element) => element.innerText);
}
