/** What a popup of a name or an error shows, between the tags that the page's framework reads. */
const popup = /(<template v-slot:popper="(?:\{|&#123;)\}">)<(\w+)([^>]*?) v-pre(?:="")?>([\s\S]*?)<\/\2>(<\/template>)/g

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/**
 * Puts what each popup shows into the page as a text, which becomes elements when the popup opens. As elements from the beginning, the
 * popups of a page with many names are nine tenths of its script.
 */
export const popupsAsText = {
  name: 'popups-as-text',
  postprocess: (html: string): string =>
    html.replace(
      popup,
      (_, begin: string, tag: string, attributes: string, shown: string, end: string) =>
        `${begin}<${tag}${attributes} v-html="${escaped(JSON.stringify(shown))}"></${tag}>${end}`,
    ),
}
