from csomap.cli import main

main()
