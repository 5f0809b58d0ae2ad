#!/usr/bin/env bash
# Sphinx 9.0.4: the search of a site in Chinese does not work. _static/language_data.js ends in `window.Stemmer = ChineseStemmer`,
# but what it brings is an EnglishStemmer (sphinx/search/zh.py names english-stemmer.js as its stemmer, and its own language as
# what that is called). A browser says "ChineseStemmer is not defined", and the page goes on searching for ever.
#
# html_search_language = "en" has the same script with its right name.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --disable-pip-version-check 'sphinx==9.0.4'
mkdir "$scratch/source"
printf '预算\n====\n\n压减\n' >"$scratch/source/index.rst"
for search in zh en; do
    "$scratch/venv/bin/python" -m sphinx -q -C -D language=zh_CN -D html_search_language=$search \
        "$scratch/source" "$scratch/$search"
done
seen=$(cd "$scratch" && for search in zh en; do
    echo "$search: $(grep -o 'window.Stemmer = .*' $search/_static/language_data.js)" \
        "$(grep -o 'var [A-Z][a-z]*Stemmer' $search/_static/language_data.js)"
done)
expected='zh: window.Stemmer = ChineseStemmer; var EnglishStemmer
en: window.Stemmer = EnglishStemmer; var EnglishStemmer'
printf '%s\n' "$seen"
[[ $seen == "$expected" ]] || { echo "this is no longer so" >&2; exit 1; }
