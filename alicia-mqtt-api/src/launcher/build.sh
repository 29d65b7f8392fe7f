#!/bin/sh
# Puts the launcher alicia-acl into target/, beside lib/ and the jar of this module that it starts.
#
# Usage: build.sh TARGET_DIRECTORY JAR_OF_THIS_MODULE
set -e

source=$(cd "${0%/*}" && pwd)
cd "$1"
sed "s|@JAR@|$2|" "$source/alicia-acl" > alicia-acl
chmod 755 alicia-acl
chmod a+r "$2" lib/*.jar
