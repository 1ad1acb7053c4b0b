// Reads feeds or alerts with libraries that know nothing of the program, and
// writes what they saw as JSON, one file a line.
//   node parsers.mjs feeds|alerts < list of files
import fs from 'node:fs'

const [mode] = process.argv.slice(2)
const files = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)

async function readers () {
  if (mode === 'feeds') {
    const { parseFeed } = await import('feedsmith')
    return text => {
      const { format, feed } = parseFeed(text)
      if (format === 'rss') {
        return feed.items?.map(i => ({ id: i.guid.value, title: i.title, date: i.pubDate, html: i.content.encoded })) ?? []
      }
      if (format === 'atom') {
        return feed.entries?.map(e => ({ id: e.id, title: e.title.value ?? e.title, date: e.published, html: e.content.value ?? e.content })) ?? []
      }
      return feed.items?.map(i => ({ id: i.id, title: i.title, date: i.date_published, html: i.content_html })) ?? []
    }
  }
  const cap = await import('@dec112/cap-ts')
  const { Alert } = (cap.default ?? cap).CAP_1_2
  return text => Alert.fromXML(text)
}

const read = await readers()
for (const file of files) {
  try {
    console.log(JSON.stringify({ file, saw: await read(fs.readFileSync(file, 'utf8')) }))
  } catch (e) {
    console.log(JSON.stringify({ file, error: String(e) }))
  }
}
